import { expect, it } from 'vitest'
import { Failed } from './failed.js'
import { useEdited } from './use-edited.js'

const late = async () => {
  throw new Failed('refused', '刚刚有别人改过', 'changed-meanwhile')
}

it('keeps what I changed, and takes over what they did', async () => {
  const { form, changed, meanwhile, begin, save } = useEdited({ name: '', price: '' })
  begin({ name: '螺栓', price: '1' })
  form.value.price = '2'
  expect(await save(late, async () => ({ name: '六角螺栓', price: '1' }))).toBe(false)
  expect(form.value).toEqual({ name: '六角螺栓', price: '2' })
  expect([changed.value, meanwhile.value]).toEqual([true, true])
  expect(await save(async () => {}, late as never)).toBe(true)
})

it('any other trouble is told, and changes nothing', async () => {
  const { form, begin, save } = useEdited({ name: '' })
  begin({ name: '螺栓' })
  form.value.name = '螺母'
  const gone = async () => {
    throw new Failed('offline', '网络断了')
  }
  await expect(save(gone, async () => ({ name: '别的' }))).rejects.toThrow('网络断了')
  expect(form.value).toEqual({ name: '螺母' })
})
