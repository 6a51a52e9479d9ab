import { connect, type Socket } from 'node:net'

/** One kept-alive connection that has one request under way at a time. Written by hand: the generator must cost little. */
export type Connection = { send(request: Buffer): Promise<number>; close(): void }

export function openConnection(port: number): Promise<Connection> {
  return new Promise((opened, failed) => {
    let answered: { resolve: (status: number) => void; reject: (error: Error) => void } | null = null
    let text = ''
    const socket: Socket = connect(port, '127.0.0.1')
    socket.setNoDelay(true)

    const fail = (error: Error) => {
      failed(error)
      answered?.reject(error)
      answered = null
    }
    socket.once('error', fail)
    socket.once('close', () => fail(new Error('the connection was closed')))
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      const end = endOfAnswer(text)
      if (end === 0 || text.length < end) return
      const status = Number(text.slice(9, 12))
      text = text.slice(end)
      answered?.resolve(status)
      answered = null
    })
    socket.once('connect', () =>
      opened({
        send: (request) =>
          new Promise((resolve, reject) => {
            answered = { resolve, reject }
            socket.write(request)
          }),
        close: () => void socket.destroy(),
      }),
    )
  })
}

/** Where the first answer ends, 0 while its head isn't whole. */
function endOfAnswer(text: string): number {
  const head = text.indexOf('\r\n\r\n')
  if (head < 0) return 0
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1]
  return head + 4 + Number(length ?? 0)
}
