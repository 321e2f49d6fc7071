// Reviewing with the keyboard. Without this script everything still works with Tab, arrows and the button.
(() => {
  const form = document.getElementById('oordelen')
  if (!form) return

  // What is not good needs its details: open them when somebody says so.
  form.addEventListener('change', (event) => {
    const radio = event.target
    if (radio.type !== 'radio') return
    const details = radio.closest('.judge').querySelector('.wrong-details')
    details.open = radio.value === 'verkeerd_begrepen'
    if (details.open) {
      const learn = details.querySelector('input[type=checkbox]')
      if (learn && !learn.dataset.touched) { learn.checked = true; learn.dataset.touched = '1' }
    }
  })

  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.ctrlKey) form.requestSubmit()
  })
})()
