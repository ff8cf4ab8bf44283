// A button that copies the address of the page. Without a secure origin the clipboard is reached by a selection.

export default function ({ data, parentElement }) {
  const button = (parentElement.button ??= createButton(parentElement))
  button.textContent = data.label
  button.onclick = async () => {
    await copy(window.location.href)
    button.textContent = data.done
    setTimeout(() => { button.textContent = data.label }, 2000)
  }
}

function createButton(parent) {
  const button = document.createElement("button")
  button.type = "button"
  parent.append(button)
  return button
}

async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text)
  const field = document.createElement("textarea")
  field.value = text
  document.body.append(field)
  field.select()
  document.execCommand("copy")
  field.remove()
}
