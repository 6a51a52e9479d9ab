import { computed, type Ref, ref, shallowRef, watch } from 'vue'
import type { StandinState } from '../standin/state.js'
import { type Baseline, baselineOf, stepsDone, whoAnswers } from '../words/guide.js'
import { storyAnswerer } from '../words/story.js'

const hiddenKey = 'bulou.desk.guide.hidden'

/** The hint line: three steps that tick as they happen, until the visitor sends it away. */
export function useGuide(state: Readonly<Ref<StandinState | null>>) {
  const baseline = shallowRef<Baseline | null>(null)
  const hidden = ref(localStorage.getItem(hiddenKey) === '1')
  /** The name stays after the answer: the step was theirs. */
  const answerer = ref(storyAnswerer)
  watch(state, (now) => {
    if (!now) return
    baseline.value ??= baselineOf(now)
    answerer.value = whoAnswers(now) ?? answerer.value
  })
  const done = computed(() => (state.value && baseline.value ? stepsDone(state.value, baseline.value) : [false, false, false]))
  const current = computed(() => done.value.indexOf(false))

  function setHidden(value: boolean) {
    hidden.value = value
    localStorage.setItem(hiddenKey, value ? '1' : '0')
  }
  return { done, current, answerer, hidden, setHidden }
}
