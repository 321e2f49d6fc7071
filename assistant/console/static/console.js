// The console's few lines of script. Every page works without them.
// Before a session goes idle a person is warned and can stay (WCAG 2.2.1); htmx requests that fail say so.
(() => {
  const minutes = Number(document.body.dataset.idleMinutes)
  if (!minutes) return
  const bar = document.createElement('div')
  bar.className = 'idle'
  bar.setAttribute('role', 'alert')
  document.body.append(bar)
  bar.hidden = true
  let timer

  const restart = () => {
    clearTimeout(timer)
    bar.hidden = true
    bar.replaceChildren()
    timer = setTimeout(warn, (minutes - 5) * 60_000)
  }

  const warn = () => {
    const words = document.createElement('p')
    words.textContent = 'Over vijf minuten wordt u uitgelogd, omdat u niets doet. Wat u heeft ingevuld blijft bewaard.'
    const stay = document.createElement('button')
    stay.type = 'button'
    stay.textContent = 'Ingelogd blijven'
    stay.addEventListener('click', async () => {
      const answer = await fetch('/sessie', { redirect: 'manual' }).catch(() => null)
      if (answer && answer.ok) restart()
      else words.textContent = 'Dat lukte niet. Verstuur uw formulier; u logt daarna opnieuw in.'
    })
    bar.append(words, stay)
    bar.hidden = false
  }

  restart()
  document.addEventListener('htmx:afterRequest', (event) => { if (event.detail.successful) restart() })
})()
