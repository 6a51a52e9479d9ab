/** One process of the rig, to be hurt at will. */
export type Member = {
  name: string
  /** Null when it does not run. */
  pid: () => number | null
  /** Resolves when it is ready. */
  start: () => Promise<void>
  /** SIGTERM, and waits until it has left. */
  stop: () => Promise<void>
  /** SIGKILL. */
  kill: () => Promise<void>
  /** SIGSTOP: connections stay open and silent. */
  pause: () => void
  resume: () => void
  restart: () => Promise<void>
  /** All it has ever logged in this rig, over restarts. */
  logs: () => string
}
