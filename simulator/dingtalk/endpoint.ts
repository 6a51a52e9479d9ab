import type { Deps } from '../deps.js'
import type { Outcome } from './answer.js'

export type Body = Record<string, unknown>
/** `path` holds what stood in the gaps of the path. */
export type Input = { query: URLSearchParams; body: Body; path: Record<string, string> }
export type Endpoint = {
  run: (deps: Deps, input: Input) => Outcome
  /** Needs no token. */
  open?: true
  /** The permission that an administrator gives and takes. */
  scope?: string
  /** Not counted against the month: tokens, login, contacts [billing model]. */
  free?: true
}

/** By method and path; `{…}` is a gap. */
export type Endpoints = Record<string, Endpoint>
