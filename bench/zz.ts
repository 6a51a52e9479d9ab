import { measureLateness } from './reminders/lateness.js'

console.log(JSON.stringify(await measureLateness(console.log)))
process.exit(0)
