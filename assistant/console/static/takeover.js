// The take-over with script: lines come by themselves, Ctrl+Enter sends, what was typed survives a reload. Works without.
(() => {
  const form = document.getElementById('zeg')
  const lines = document.getElementById('venster')
  const toEnd = () => { if (lines) lines.scrollTop = lines.scrollHeight }
  toEnd()

  // Whoever does nothing for twenty minutes is not there: asking stops, so a talk does not wait for an empty chair.
  // And whoever presses a button that leads elsewhere goes there: an answer that comes in meanwhile changes nothing.
  const AWAY = 20 * 60_000
  let last = Date.now()
  let leaving = false
  addEventListener('submit', (event) => { leaving ||= !event.target.hasAttribute('hx-post') })
  addEventListener('pageshow', () => { leaving = false })
  for (const kind of ['pointerdown', 'keydown', 'scroll']) addEventListener(kind, () => { last = Date.now() }, { passive: true })
  document.addEventListener('htmx:beforeRequest', (event) => {
    if (event.target.hasAttribute('data-polls') && (leaving || Date.now() - last > AWAY)) event.preventDefault()
  })
  document.addEventListener('htmx:beforeOnLoad', (event) => { if (leaving) event.preventDefault() })
  document.addEventListener('htmx:oobAfterSwap', toEnd)
  // A list that is read or used by keyboard is not replaced under somebody's fingers.
  document.addEventListener('htmx:beforeSwap', (event) => {
    if (event.detail.target.id === 'rij' && event.detail.target.contains(document.activeElement)) event.detail.shouldSwap = false
  })

  const kept = document.getElementById('onverstuurd')
  if (kept) {
    const text = sessionStorage.getItem(`bericht ${kept.dataset.talk}`)
    if (text) { kept.querySelector('p').textContent = text; kept.hidden = false }
  }
  if (!form) return
  const box = form.elements.bericht
  const problem = document.getElementById('niet-verstuurd')
  const key = `bericht ${form.dataset.talk}`
  box.value ||= sessionStorage.getItem(key) ?? ''
  box.addEventListener('input', () => sessionStorage.setItem(key, box.value))
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit() }
  })
  form.addEventListener('htmx:afterRequest', (event) => {
    if (event.target !== form) return
    problem.hidden = event.detail.successful
    if (!event.detail.successful) return
    box.value = ''
    sessionStorage.removeItem(key)
    box.focus()
    toEnd()
  })
  for (const link of document.querySelectorAll('[data-zin]')) {
    link.addEventListener('click', (event) => {
      event.preventDefault()
      box.value = `${box.value.trim()} ${link.dataset.zin}`.trim()
      sessionStorage.setItem(key, box.value)
      box.focus()
    })
  }
})()
