/** `url` names the database `bulou`; `stop()` ends the server cleanly; `pid()` is null when it is gone. */
export function startPostgres(options: {
  home: string
  durable?: boolean
  say: (line: string) => void
}): Promise<{ url: string; folder: string; pid: () => number | null; stop: () => Promise<unknown> }>
