import Koa from 'koa'

/** The least that a Koa can do with a callback: read the same body, answer 200. */
const app = new Koa()
app.use(async (ctx) => {
  const chunks: Buffer[] = []
  await new Promise((resolve, reject) => {
    ctx.req.on('data', (chunk: Buffer) => chunks.push(chunk))
    ctx.req.on('end', resolve)
    ctx.req.on('error', reject)
  })
  if (Buffer.concat(chunks).length === 0) ctx.throw(400)
  ctx.status = 200
  ctx.body = ''
})
app.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('floor ready'))
