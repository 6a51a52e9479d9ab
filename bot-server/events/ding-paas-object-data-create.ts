import { defineEvent } from '../define.js'
import { lookAtCrm } from '../look-at-crm.js'

/** A row of 钉钉's own data was put in; customers are ours to look at (events-ding-paas-object-data-create). */
export default defineEvent({ name: 'ding-paas-object-data-create', run: lookAtCrm })
