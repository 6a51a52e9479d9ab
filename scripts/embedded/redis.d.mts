/** `stop()` ends it cleanly; `pid()` is null when it is gone. */
export function startRedis(options: {
  folder: string
  socket: string
  durable?: boolean
  say: (line: string) => void
}): Promise<{ url: string; pid: () => number | null; stop: () => Promise<void> }>
