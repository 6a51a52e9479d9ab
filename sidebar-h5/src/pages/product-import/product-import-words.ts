import type { ProductImportRow, What } from '../../../../domain/product-import/product-import.contract.js'
import type { LineView } from '../import/import-words.js'

export const WORDS = {
  products: {
    title: '导入产品',
    fresh: '新产品',
    label: '产品表',
    words: '把手头的产品表传上来：先看一遍会导成什么样，再决定导不导。',
    hint: '.xlsx 或 .csv，最大 10 MB、2 万行。列名随意，常见的有货号、品名、规格、单位、标价、成本、税率、库存；材质、硬度这样的列可以当技术参数。货号一样的更新，不会重复。',
    after: '看产品',
  },
  prices: {
    title: '导入价格',
    fresh: '新价格',
    label: '价格表',
    words: '把这本价格表的价传上来：先看一遍会导成什么样，再决定导不导。',
    hint: '.xlsx 或 .csv。要有货号或品名，和价格；有「起订量」一列时，同一产品写几行就是阶梯价。已经有的价会换成表里的。',
    after: '看价格表',
  },
} satisfies Record<What, object>

export const lineOfProduct = (row: ProductImportRow, what: What): LineView => ({
  ...{ id: row.id, line: row.line, title: row.title || '（没有名字）', facts: row.facts, error: row.error },
  badge: row.fresh ? { words: WORDS[what].fresh, tone: 'good' } : { words: '已有', tone: 'plain' },
})
