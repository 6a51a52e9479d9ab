/** The path of an executable that takes Chromium's arguments; fetched or installed when there is none. */
export function findBrowser(say: (line: string) => void): Promise<string>
