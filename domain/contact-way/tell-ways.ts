import type { Work } from '../work.js'

/** Pages with the codes refetch after the commit. */
export const tellWays = (work: Work): void => void work.touched.add('contact-ways')
