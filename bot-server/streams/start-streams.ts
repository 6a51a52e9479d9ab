import { createStream } from '../../channels/dingtalk/stream/stream.js'
import type { Config } from '../../lib/config.js'
import type { Log } from '../../lib/log.js'
import type { DingtalkHearing } from '../callbacks/hear-dingtalk.js'
import { hearFrames } from './hear-frames.js'
import { holdStreams, type Streams } from './hold-streams.js'

type Needs = {
  config: Config
  hearing: DingtalkHearing | null
  machineNow: () => Date
  random: () => number
  onQuotaEnd: (words: string) => void
  log: Log
}

/** Null: the organisation has no DingTalk, or is heard over HTTP. */
export function startStreams({ config, hearing, onQuotaEnd, log, ...deps }: Needs): Streams | null {
  const { dingtalk, databaseUrl } = config
  if (dingtalk?.mode !== 'stream' || !hearing) return null
  const handlers = hearFrames({ hearing, onQuotaEnd })
  const open = (slot: number) => createStream({ ...deps, settings: dingtalk, handlers, log: log.child({ stream: slot }) })
  return holdStreams({ databaseUrl, slots: dingtalk.streams, open, log })
}
