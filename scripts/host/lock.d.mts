export function tryLock(path: string): (() => void) | null
export function holderOf(path: string): number | null
export function withLock<T>(
  path: string,
  options: { say: (line: string) => void; work: () => Promise<T>; ms?: number },
): Promise<T>
