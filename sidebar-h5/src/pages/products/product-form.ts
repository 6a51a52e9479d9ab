import { MOST_NICKNAMES, type ProductInput, type ProductView } from '../../../../domain/product/product.contract.js'
import { readDecimal } from '../../components/read-decimal.js'

/** A product as it stands in the form: words as they were typed. */
export type ProductForm = {
  name: string
  spec: string
  code: string
  unit: string
  line: string
  nicknames: string
  price: string
  cost: string
  stock: string
  taxBp: number
  params: { name: string; value: string }[]
}
export type FormProblem = { at: keyof ProductForm; words: string }

export const newForm = (): ProductForm => ({
  ...{ name: '', spec: '', code: '', unit: '', line: '', nicknames: '', price: '', cost: '', stock: '' },
  taxBp: 1300,
  params: [],
})

export const formOf = (view: ProductView): ProductForm => ({
  name: view.name,
  spec: view.spec ?? '',
  code: view.code ?? '',
  unit: view.unit,
  line: view.line ?? '',
  nicknames: view.nicknames.join('，'),
  price: view.price ?? '',
  cost: view.cost ?? '',
  stock: view.stock ?? '',
  taxBp: view.taxBp,
  params: view.params.map((one) => ({ ...one })),
})

/** What the server takes, or what is missing and wrong, each at its field. */
export function readForm(form: ProductForm): { input: ProductInput } | { problems: FormProblem[] } {
  const problems: FormProblem[] = []
  const wrong = (at: keyof ProductForm, words: string) => {
    problems.push({ at, words })
    return null
  }
  const decimal = (at: 'price' | 'cost' | 'stock', places: number, words: string) => {
    if (form[at].trim() === '') return null
    return readDecimal(form[at], places) ?? wrong(at, words)
  }
  const params = form.params
    .map(({ name, value }) => ({ name: name.trim(), value: value.trim() }))
    .filter((one) => one.name || one.value)
  const nicknames = [
    ...new Set(
      form.nicknames
        .split(/[,，、;；\n]+/)
        .map((one) => one.trim())
        .filter(Boolean),
    ),
  ]
  if (!form.name.trim()) wrong('name', '写一下产品名')
  if (!form.unit.trim()) wrong('unit', '写一下单位，比如 个、箱、套')
  const price = decimal('price', 6, '单价写成数字，最多六位小数')
  if (price !== null && !/[1-9]/.test(price)) wrong('price', '单价要大于零；面议的就空着')
  const cost = decimal('cost', 6, '成本写成数字，最多六位小数')
  const stock = decimal('stock', 3, '库存写成数字，最多三位小数')
  if (nicknames.length > MOST_NICKNAMES) wrong('nicknames', `最多 ${MOST_NICKNAMES} 个叫法`)
  if (nicknames.some((one) => one.length > 20)) wrong('nicknames', '一个叫法最多 20 个字')
  if (params.some((one) => !one.name || !one.value)) wrong('params', '每个参数都要有名称和数值')
  if (new Set(params.map((one) => one.name)).size < params.length) wrong('params', '有两个参数同名')
  if (problems.length) return { problems }
  const said = (words: string) => words.trim() || null
  return {
    input: {
      ...{
        name: form.name.trim().replace(/\s*\n\s*/g, ' '),
        unit: form.unit.trim(),
        spec: said(form.spec),
        code: said(form.code),
        line: said(form.line),
      },
      ...{ nicknames, price, cost, stock, taxBp: form.taxBp, params },
    },
  }
}
