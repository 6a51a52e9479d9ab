import './quote.css'
import { setUpAnswers } from './answers'
import { countDown } from './count-down'
import { setUpStamp } from './stamp'
import { watchReading } from './watch-reading'

/** The page reads without this. It counts down, answers, and says what was read. */
const { token = '', until, now, share } = document.body.dataset
document.body.classList.add('live')
setUpAnswers(token)
setUpStamp(token)
if (until && now) {
  countDown(until, now)
  watchReading(token)
}
if (share) void import('./share').then(({ setUpShare }) => setUpShare(token))
