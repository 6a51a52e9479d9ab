import { defineEvent } from '../define.js'
import { lookAtCrm } from '../look-at-crm.js'

/** A row of 钉钉's own data was changed; customers are ours to look at (events-ding-paas-object-data-update). */
export default defineEvent({ name: 'ding-paas-object-data-update', run: lookAtCrm })
