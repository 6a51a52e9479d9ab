export const root: string
export const isRoot: boolean
export function homeFolder(): string
export function cacheFolder(): string
