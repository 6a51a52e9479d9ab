/**
 * The bridge that the WeCom client puts into every page [JS]: `WeixinJSBridge.invoke(name, params, callback)` and `.on`.
 * Runs before anything of the page's own, because the JS-SDK looks at the user agent and the bridge when it loads.
 */
;(() => {
  const userAgent = '__USER_AGENT__'
  Object.defineProperty(Navigator.prototype, 'userAgent', { configurable: true, get: () => userAgent })

  /** The last agentConfig and config that the client accepted on this page. */
  const configs = {}

  const call = async (name, params) => {
    const url = location.href.split('#', 1)[0]
    const res = await fetch('/__device/invoke', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, params, url, configs }),
    })
    const { result, clipboard } = await res.json()
    if (/:ok$/.test(result.err_msg) && (name === 'agentConfig' || name === 'preVerifyJSAPI')) configs[name] = { params, url }
    if (clipboard !== undefined) navigator.clipboard?.writeText(clipboard).catch(() => {})
    return result
  }

  window.WeixinJSBridge = {
    invoke(name, params, callback) {
      call(name, params ?? {}).then(
        (result) => callback?.(result),
        () => callback?.({ err_msg: `${name}:fail` }),
      )
    },
    /** Events of the client (networkChange, onUserCaptureScreen …): none of them happens here. */
    on() {},
  }
  document.dispatchEvent(new Event('WeixinJSBridgeReady'))
})()
