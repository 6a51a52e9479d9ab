import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CallbackRefused } from '../sealed/refused.js'
import { parseXml, textOf } from './xml.js'

const plain = (text: string) => JSON.parse(JSON.stringify(parseXml(text)))

describe('parseXml', () => {
  it('reads text, CDATA, empty and nested elements', () => {
    expect(plain('<xml>\n<A>1409659813</A>\n<B><![CDATA[<hello> & ]]]></B><C></C><D/><E>\n <F>x</F>\n</E>\n</xml>\n')).toEqual({
      A: '1409659813',
      B: '<hello> & ]',
      C: '',
      D: '',
      E: { F: 'x' },
    })
  })

  it('makes a list of what is repeated, as in a group change', () => {
    const items = '<MemChangeList><Item><![CDATA[wm1]]></Item><Item><![CDATA[wm2]]></Item><Item>wm3</Item></MemChangeList>'
    expect(plain(`<xml>${items}</xml>`)).toEqual({ MemChangeList: { Item: ['wm1', 'wm2', 'wm3'] } })
  })

  it('joins split CDATA, which is how "]]>" is written', () => {
    expect(plain('<xml><A><![CDATA[a]]]]><![CDATA[>b]]></A></xml>')).toEqual({ A: 'a]]>b' })
  })

  it('keeps what a person typed, blanks and lines too', () => {
    expect(plain('<xml><A><![CDATA[ 交期\n改成 ]]></A><B>\n<![CDATA[x]]>\n</B></xml>')).toEqual({ A: ' 交期\n改成 ', B: 'x' })
  })

  it('resolves the five entities of XML itself and character references', () => {
    expect(plain('<xml><A>&lt;a&gt; &amp;amp; &quot;&apos;&#20013;&#x1F600;</A></xml>')).toEqual({ A: '<a> &amp; "\'中😀' })
  })

  it('holds names that objects inherit apart', () => {
    expect(plain('<xml><constructor>a</constructor><toString>b</toString></xml>')).toEqual({ constructor: 'a', toString: 'b' })
    expect(textOf(parseXml('<xml><A>a</A></xml>'), 'constructor')).toBe('')
  })

  it.each([
    ['nothing', ''],
    ['another root', '<a><b>c</b></a>'],
    ['an empty root', '<xml></xml>'],
    ['a DOCTYPE', '<!DOCTYPE xml [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><A>&e;</A></xml>'],
    ['an inner DOCTYPE', '<xml><!DOCTYPE a><A>1</A></xml>'],
    ['an entity of its own', '<xml><A>&e;</A></xml>'],
    ['a bare ampersand', '<xml><A>a & b</A></xml>'],
    ['a reference to NUL', '<xml><A>&#0;</A></xml>'],
    ['a reference to a surrogate', '<xml><A>&#xD800;</A></xml>'],
    ['an attribute', '<xml><A b="c">1</A></xml>'],
    ['a comment', '<xml><!-- a --><A>1</A></xml>'],
    ['a processing instruction', '<xml><?a b?><A>1</A></xml>'],
    ['crossed elements', '<xml><A><B>1</A></B></xml>'],
    ['a closing tag that only begins alike', '<xml><A>1</AB></xml>'],
    ['an unclosed element', '<xml><A>1'],
    ['an unclosed CDATA', '<xml><A><![CDATA[1</A></xml>'],
    ['text among elements', '<xml><A>1<B>2</B></A></xml>'],
    ['text after the end', '<xml><A>1</A></xml>x'],
    ['a name from outside', '<xml><__proto__>1</__proto__></xml>'],
    ['a name of no letters', '<xml><>1</></xml>'],
    ['depth', `<xml>${'<A>'.repeat(50)}${'</A>'.repeat(50)}</xml>`],
    ['more elements than any message has', `<xml>${'<A/>'.repeat(30_000)}</xml>`],
  ])('refuses %s', (_, text) => {
    expect(() => parseXml(text)).toThrow(CallbackRefused)
  })

  it('gives back any text in CDATA', () => {
    const said = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0') && !text.includes(']]>'))
    fc.assert(fc.property(said, (text) => textOf(parseXml(`<xml><A><![CDATA[${text}]]></A></xml>`), 'A') === text))
  })

  it('throws nothing but the refusal for any mutation of a message', () => {
    const honest = '<xml><A><![CDATA[x]]></A><B>1</B><C><D>2</D><D>3</D></C></xml>'
    fc.assert(
      fc.property(fc.nat(honest.length), fc.nat(8), fc.string(), (at, cut, put) => {
        try {
          parseXml(honest.slice(0, at) + put + honest.slice(at + cut))
        } catch (error) {
          expect(error).toBeInstanceOf(CallbackRefused)
        }
      }),
    )
  })
})
