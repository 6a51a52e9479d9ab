/** A dead process that nobody has collected counts as dead. */
export function isAlive(pid: number): boolean
