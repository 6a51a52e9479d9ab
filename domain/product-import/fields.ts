import type { Words } from '../import/guess-columns.js'
import type { ProductField, ProductImportView, What } from './product-import.contract.js'
import { readPrice, readRate, readStock, readUnit } from './read-cells.js'

const HEADERS: Record<ProductField, string[]> = {
  code: [
    '货号',
    '编码',
    '产品编码',
    '商品编码',
    '物料编码',
    '物料号',
    '料号',
    '编号',
    '产品编号',
    '商品编号',
    '型号编码',
    'sku',
    'code',
    'itemno.',
    'partno.',
  ],
  name: [
    '名称',
    '品名',
    '产品',
    '产品名称',
    '商品名称',
    '商品',
    '物料名称',
    '货品名称',
    '存货名称',
    '货物名称',
    'name',
    'product',
    'item',
  ],
  spec: ['规格', '型号', '规格型号', '产品规格', '产品型号', '规格/型号', '尺寸', 'spec', 'model', 'size'],
  unit: ['单位', '计量单位', '销售单位', '基本单位', 'unit', 'uom'],
  line: ['产品线', '分类', '类别', '品类', '产品分类', '商品分类', '大类', '系列', 'category', 'line'],
  nicknames: ['别名', '俗称', '俗名', '昵称', '简称', '又名', 'alias'],
  price: [
    '单价',
    '标价',
    '价格',
    '售价',
    '销售价',
    '标准价',
    '含税单价',
    '含税价',
    '目录价',
    '面价',
    '出厂价',
    '零售价',
    '协议价',
    '供货价',
    '客户价',
    '批发价',
    'price',
    'unitprice',
  ],
  cost: ['成本', '成本价', '进价', '采购价', '进货价', '采购成本', '成本单价', 'cost'],
  tax: ['税率', '增值税率', '税', 'tax', 'taxrate', 'vat'],
  stock: ['库存', '库存数', '库存数量', '现有库存', '可用库存', '可用量', '结存', 'stock', 'qty'],
  fromQty: ['起订量', '起订', '起订数量', '数量起', '阶梯数量', '数量阶梯', '满', '采购数量', '数量', 'minqty', 'moq', 'fromqty'],
  margin: ['最低毛利', '最低毛利率', '毛利率', '毛利底线', 'margin'],
}

const OF: Record<What, ProductField[]> = {
  products: ['code', 'name', 'spec', 'unit', 'line', 'nicknames', 'price', 'cost', 'tax', 'stock'],
  prices: ['code', 'name', 'spec', 'price', 'fromQty', 'margin'],
}

const isPrice = (cell: string) => readPrice(cell).wrong === null
const CHECKS: [ProductField, (cell: string) => boolean][] = [
  ['price', isPrice],
  ['cost', isPrice],
  ['tax', (cell) => readRate(cell).wrong === null],
  ['stock', (cell) => readStock(cell).wrong === null],
  ['unit', (cell) => readUnit(cell).wrong === null],
]

/** How lists of products, or of prices, are understood. */
export function productWords(of: What): Words<ProductField> {
  const isOne = (field: ProductField) => OF[of].includes(field)
  const none = Object.fromEntries(Object.keys(HEADERS).map((field) => [field, [] as string[]])) as typeof HEADERS
  return {
    headers: { ...none, ...Object.fromEntries(OF[of].map((field) => [field, HEADERS[field]])) },
    // 「产品编码」 is a code, 「单位成本」 a cost, 「产品分类」 a line: the broad words come last.
    bySureness: (
      ['code', 'cost', 'tax', 'margin', 'stock', 'fromQty', 'nicknames', 'line', 'price', 'spec', 'unit', 'name'] as const
    ).filter(isOne),
    never:
      /不含税|未税|金额|合计|总价|总额|小计|折扣|日期|时间|备注|说明|图片|链接|序号|客户名|供应商|公司|条码|重量|包装|长度|宽度|高度/,
    readable: CHECKS.filter(([field]) => isOne(field)),
    looks: [
      ['price', (cell: string) => /^[¥￥$]?\d{1,7}\.\d{1,6}(?:元.*)?$/.test(cell)],
      ['name', (cell: string) => /\p{Script=Han}{2,}/u.test(cell) && cell.length <= 40],
    ],
    bareOnly: ['price', 'name'],
  }
}

/** What a column may be said to mean, for the page. */
export const fieldsOf = (of: What): ProductImportView['fields'] =>
  OF[of].map((field) => ({ field, ...SAID[field], must: field === (of === 'prices' ? 'price' : 'name') }))

const SAID: Record<ProductField, { label: string; hint: string | null }> = {
  code: { label: '货号', hint: '有货号就按货号认产品' },
  name: { label: '名称', hint: null },
  spec: { label: '规格型号', hint: null },
  unit: { label: '单位', hint: '箱、套、个、千只' },
  line: { label: '产品线', hint: null },
  nicknames: { label: '俗称', hint: '几个之间用顿号' },
  price: { label: '单价（元）', hint: '最多六位小数' },
  cost: { label: '成本（元）', hint: '只有看毛利的人看得到' },
  tax: { label: '税率', hint: '13% 或 13' },
  stock: { label: '库存', hint: null },
  fromQty: { label: '起订量', hint: '同一产品写几行就是阶梯价；空着是不限量的价' },
  margin: { label: '最低毛利', hint: null },
}
