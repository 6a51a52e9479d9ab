const OURS = 'member:'

/** WeCom's userids mean the same in either case (official page 90236). */
export const memberKey = (userid: string): string => OURS + userid.toLowerCase()

export const isOurs = (key: string): boolean => key.startsWith(OURS)
