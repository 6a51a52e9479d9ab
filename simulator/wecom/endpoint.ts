import type { Deps } from '../deps.js'
import type { Secret } from '../state/access.js'
import type { Outcome } from './answer.js'
import type { UploadedFile } from './multipart.js'

export type Input = { query: URLSearchParams; body: Record<string, unknown>; file: UploadedFile | null }
export type Endpoint = {
  run: (deps: Deps, input: Input) => Outcome
  /** Empty fields that the endpoint's error bodies carry [P]. */
  empty?: Record<string, unknown>
  open?: true
  /** The secret whose token opens it, where it isn't the application's. */
  secret?: Secret
  /** Its body is a form with one file of at most so many bytes. */
  takesFile?: number
  /** Needs the application among 客户联系「可调用接口的应用」. */
  contact?: true
}
