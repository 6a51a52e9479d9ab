export function createSay(out?: NodeJS.WriteStream): (line: string) => boolean
export function finish(work: () => Promise<void>): Promise<void>
