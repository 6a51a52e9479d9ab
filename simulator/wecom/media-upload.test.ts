import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startForTest, type TestStandin } from '../testing/start.js'

let standin: TestStandin
beforeEach(async () => {
  standin = await startForTest()
})
afterEach(() => standin.close())

const DAY = 24 * 3_600_000
const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('\r\n--x\r\npicture')])

/** As any browser or library writes a form. */
async function upload(data: Buffer, { type = 'image', field = 'media' } = {}) {
  const form = new FormData()
  form.append('note', 'another field')
  form.append(field, new Blob([new Uint8Array(data)], { type: 'image/png' }), 'a.png')
  const url = `${standin.base}/cgi-bin/media/upload?access_token=${await standin.token()}&type=${type}`
  return (await fetch(url, { method: 'POST', body: form })).json()
}

it('keeps what was uploaded, to the byte', async () => {
  const made = await upload(PNG)
  expect(made).toMatchObject({
    errcode: 0,
    type: 'image',
    media_id: expect.any(String),
    created_at: expect.stringMatching(/^\d+$/),
  })
  const sha256 = createHash('sha256').update(PNG).digest('hex')
  expect(await standin.control('media')).toMatchObject([{ id: made.media_id, name: 'a.png', size: PNG.length, sha256 }])
})

it('refuses what is no picture, too small, too large, of no kind that it knows, or not there', async () => {
  const codes = [
    await upload(Buffer.from('not a picture')),
    await upload(PNG.subarray(0, 5)),
    await upload(Buffer.concat([PNG, Buffer.alloc(10 * 1024 * 1024)])),
    await upload(PNG, { type: 'poster' }),
    await upload(PNG, { field: 'file' }),
    await standin.api('media/upload', { media: 'in JSON' }),
  ].map((answer) => answer.errcode)
  expect(codes).toEqual([40005, 40009, 40009, 40004, 44001, 40004])
  expect(await standin.control('media')).toEqual([])
})

it('a welcome shows a picture for three days, and none that was never uploaded', async () => {
  const { media_id } = await upload(PNG)
  const { media_id: file } = await upload(PNG, { type: 'file' })
  const welcome = async (id: string) => {
    const { added } = await standin.control('contacts/add', { rep: 'wanglei', name: '新人' })
    const attachments = [{ msgtype: 'image', image: { media_id: id } }]
    return (await standin.api('externalcontact/send_welcome_msg', { welcome_code: added[0].welcomeCode, attachments })).errcode
  }
  expect([await welcome(media_id), await welcome('never'), await welcome(file)]).toEqual([0, 40007, 40007])
  await standin.control('clock', { advanceMs: 3 * DAY - 60_000 })
  expect(await welcome(media_id)).toBe(0)
  await standin.control('clock', { advanceMs: 60_000 })
  expect(await welcome(media_id)).toBe(40007)
})
