import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { TryLater } from '../../../lib/errors.js'
import type { Log } from '../../../lib/log.js'
import { ChannelError } from '../../channel-error.js'
import type { ArchiveSettings, FromChild, ToChild } from './messages.js'
import type { ArchivePull } from './pull.js'

export type Archive = {
  /**
   * What follows `seq`, at most a batch. One pull at a time: calls wait for each other. Throws ChannelError for what the
   * platform or the SDK refused or when the child is lost again and again, TryLater when it was lost; the next pull starts
   * another.
   */
  pull(seq: number): Promise<ArchivePull>
  /** A file that a record names by its `sdkfileid`, part by part. Pulls go in between. Throws like `pull`. */
  media(fileId: string): AsyncIterable<Uint8Array>
  stop(): Promise<void>
}

const batch = 200
/** The SDK is native code: what it blocks hears no goodbye. */
const goodbyeMs = 2_000
/** Above the SDK's own limit, so that it is the child that hangs, not the network. */
const deadlineMs = 40_000

/** One lost child may be chance. So many in a row are the library's fault, and nobody but an administrator can help. */
const tooManyLosses = 3

export function createArchive(deps: { settings: ArchiveSettings; log: Log; deadlineMs?: number }): Archive {
  let child: ChildProcess | null = null
  let queue: Promise<unknown> = Promise.resolve()
  let stopped = false
  let losses = 0

  function start(): ChildProcess {
    const started = forkChild()
    started.once('exit', (code, signal) => {
      if (child === started) child = null
      if (!stopped) deps.log.warn({ code, signal }, 'archive child left')
    })
    // A child that can't be spoken to leaves by `exit`; this only keeps the event from being thrown.
    started.on('error', (error) => deps.log.warn({ error: error.message }, 'archive child'))
    tell(started, { kind: 'open', settings: deps.settings })
    return started
  }

  async function askNow(message: ToChild): Promise<FromChild> {
    if (stopped) throw new TryLater('the archive is closed')
    child ??= start()
    const reply = await ask(child, message, deps.deadlineMs ?? deadlineMs).catch((error) => {
      if (!stopped) losses += 1
      throw losses < tooManyLosses ? error : lostAgain()
    })
    losses = 0
    if ('failure' in reply) throw new ChannelError(reply.failure)
    return reply
  }

  function inTurn(message: ToChild): Promise<FromChild> {
    const turn = queue.then(() => askNow(message))
    queue = turn.catch(() => {})
    return turn
  }

  return {
    async pull(seq) {
      const reply = await inTurn({ kind: 'pull', seq, limit: batch })
      return 'pull' in reply ? reply.pull : strange()
    },
    async *media(fileId) {
      let index = ''
      for (;;) {
        const reply = await inTurn({ kind: 'media', fileId, index })
        const part = 'media' in reply ? reply.media : strange()
        yield part.data
        if (part.finished) return
        // Else it would be the same part for ever.
        if (part.nextIndex === '' || part.nextIndex === index) throw new TryLater('the archive does not say where a file goes on')
        index = part.nextIndex
      }
    },
    async stop() {
      stopped = true
      const last = child
      if (!last) return
      const left = new Promise((resolve) => last.once('exit', resolve))
      const late = setTimeout(() => last.kill('SIGKILL'), goodbyeMs)
      if (last.connected) last.disconnect()
      else last.kill('SIGKILL')
      await left
      clearTimeout(late)
    },
  }
}

function lostAgain(): ChannelError {
  const hint = 'Finance SDK 连续崩溃或没有回应，请核对 WECOM_FINANCE_SDK 与系统架构、openssl 版本是否相符'
  return new ChannelError({ method: 'archive', code: 'child-lost', kind: 'config', hint })
}

function strange(): never {
  throw new Error('the archive child answered something else')
}

/** As source a .ts file that needs tsx, when built a .js file that needs nothing. */
function forkChild(): ChildProcess {
  const isSource = import.meta.url.endsWith('.ts')
  const file = fileURLToPath(new URL(isSource ? './child.ts' : './child.js', import.meta.url))
  return fork(file, [], { execArgv: isSource ? ['--import', import.meta.resolve('tsx')] : [], serialization: 'advanced' })
}

function tell(child: ChildProcess, message: ToChild): void {
  child.send(message, () => {})
}

/** A child that takes too long is ended; either way the call fails only once the child is gone. */
function ask(child: ChildProcess, message: ToChild, limitMs: number): Promise<FromChild> {
  return new Promise((resolve, reject) => {
    let why = 'the archive child was lost'
    const timer = setTimeout(() => {
      why = 'the archive child did not answer'
      child.kill('SIGKILL')
    }, limitMs)
    const onMessage = (reply: FromChild) => {
      clearTimeout(timer)
      child.off('exit', onExit)
      resolve(reply)
    }
    const onExit = () => {
      clearTimeout(timer)
      child.off('message', onMessage)
      reject(new TryLater(why))
    }
    child.once('message', onMessage)
    child.once('exit', onExit)
    tell(child, message)
  })
}
