export const h5Folder: string
export const deskFolder: string
/** Builds the pages whose sources have changed since the last time. */
export function buildPages(say: (words: string) => void): Promise<void>
