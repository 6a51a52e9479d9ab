type Pair = { organisation: string; userid: string; externalUserId: string }

/**
 * One of ours and a customer came together: the half add, the full one, the profile and a list all tell of the same moment,
 * each with a second of its own.
 */
export const addKey = ({ organisation, userid, externalUserId }: Pair): string =>
  `add:wecom:${organisation}:${userid.toLowerCase()}:${externalUserId}`
