import { createPrivateKey } from 'node:crypto'
import { ChannelError } from '../../channel-error.js'
import { archiveRefusal } from './errors.js'
import { loadSdk } from './load-sdk.js'
import type { ArchiveFailure, ArchiveSettings, FromChild, ToChild } from './messages.js'
import { pullBatch } from './pull.js'
import { pullMedia } from './pull-media.js'

/**
 * The process that holds the Finance SDK: native code that blocks while it fetches and may crash, so it does neither where
 * callbacks are answered. Started and spoken to by puller.ts, one message at a time.
 */
let source: ReturnType<typeof open> | null = null
let settings: ArchiveSettings | null = null

async function open({ corpId, secret, keys, sdk: path, production }: ArchiveSettings) {
  const versions = Object.entries(keys).map(([version, pem]) => [Number(version), createPrivateKey(pem)] as const)
  const sdk = await loadSdk(path, production)
  const handle = await sdk.NewSdk()
  const code = await sdk.Init(handle, corpId, secret)
  if (code !== 0) {
    await sdk.DestroySdk(handle)
    throw archiveRefusal('Init', code)
  }
  return { sdk, handle, keys: new Map(versions) }
}

async function answer(message: ToChild): Promise<FromChild | null> {
  if (message.kind === 'open') {
    settings = message.settings
    return null
  }
  try {
    if (!settings) throw new Error('asked before open')
    // What failed to open is tried again the next time: a library may be installed meanwhile.
    source ??= open(settings)
    const opened = await source
    return message.kind === 'pull' ? { pull: await pullBatch(opened, message) } : { media: await pullMedia(opened, message) }
  } catch (error) {
    await source?.catch(() => {
      source = null
    })
    return { failure: toFailure(error) }
  }
}

function toFailure(error: unknown): ArchiveFailure {
  if (error instanceof ChannelError) return { method: error.method, code: error.code, kind: error.kind, hint: error.hint }
  return { method: 'archive', code: 'sdk', kind: 'config', hint: error instanceof Error ? error.message : 'Finance SDK 出错' }
}

process.on('message', (message: ToChild) => {
  void answer(message).then((reply) => {
    if (reply && process.connected) process.send?.(reply)
  })
})
// Whoever started us is gone. `exit` would wait for a native call that hangs; there is nothing to put in order.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
// Both reach a whole process group (Ctrl+C in a terminal): the parent says when.
process.on('SIGINT', () => {})
