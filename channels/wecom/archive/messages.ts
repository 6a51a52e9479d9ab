import type { ChannelErrorKind } from '../../channel-error.js'
import type { ArchivePull } from './pull.js'

/** What the child must know; comes over IPC because arguments and environment can be read by others on the machine. */
export type ArchiveSettings = {
  corpId: string
  secret: string
  /** publickey_ver → PEM. */
  keys: Record<string, string>
  /** WECOM_FINANCE_SDK. */
  sdk: string
  production: boolean
}

/** `nextIndex`: where the next part begins. */
export type MediaPart = { data: Uint8Array; nextIndex: string; finished: boolean }

export type ToChild =
  | { kind: 'open'; settings: ArchiveSettings }
  | { kind: 'pull'; seq: number; limit: number }
  | { kind: 'media'; fileId: string; index: string }

/** A ChannelError, flattened: classes do not survive the way. */
export type ArchiveFailure = { method: string; code: number | string; kind: ChannelErrorKind; hint: string }
export type FromChild = { pull: ArchivePull } | { media: MediaPart } | { failure: ArchiveFailure }
