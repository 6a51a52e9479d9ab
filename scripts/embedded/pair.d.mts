type Server = 'postgres' | 'redis'

export function openPair(options: {
  home: string
  durable?: boolean
  want?: Server[]
  say: (line: string) => void
}): Promise<{ postgres?: string; redis?: string; release: () => Promise<void> }>
