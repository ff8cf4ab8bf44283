// The board: shows a drawing, keeps it while only the selection changes, and tells which box was picked.
// The drawing is parsed, never pasted as HTML. Glyphs: Material Symbols Rounded, Google LLC, Apache 2.0.

const SVG = "http://www.w3.org/2000/svg"
const GLYPHS = {
  farther: "M280-420h400q17 0 28.500-11.500T720-460q0-17-11.500-28.500T680-500H280q-17 0-28.500 11.500T240-460q0 17 11.500 28.500T280-420Z",
  closer: "M450-450v170q0 12.750 8.630 21.380 8.620 8.620 21.370 8.620 12.750 0 21.380-8.620Q510-267.250 510-280v-170h170q12.750 0 21.380-8.630 8.620-8.620 8.620-21.370 0-12.750-8.620-21.380Q692.750-510 680-510H510v-170q0-12.750-8.620-21.380Q492.750-710 480-710q-12.750 0-21.370 8.620Q450-692.750 450-680v170H280q-12.750 0-21.370 8.620Q250-492.750 250-480q0 12.750 8.630 21.370Q267.250-450 280-450h170Z",
  fit: "M180-180h120v60H120v-180h60v120Zm600 0v-120h60v180H660v-60h120ZM180-780v120h-60v-180h180v60H180Zm600 0H660v-60h180v180h-60v-120Z",
  save: "M480-330 270-540l43-43 137 137v-374h60v374l137-137 43 43-210 210ZM180-140v-150h60v90h480v-90h60v150H180Z",
}
const HEADER = 64 // px that the navigation covers
const CLOSEST = 3, FARTHEST = 0.25, STEP = 1.25, STILL = 4

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const board = (parentElement.board ??= createBoard(parentElement))
  board.pick = (id) => setTriggerValue("picked", id)
  board.tellRoom = (roomy) => setStateValue("roomy", roomy)
  board.update(data)
}

function createBoard(parent) {
  const board = { scale: 1, chosen: null, legend: make("div", "legend-row"), view: make("div", "view"), tools: make("div", "tools") }
  const frame = make("div", "board")
  const bar = make("div", "bar")
  bar.append(board.legend, board.tools)
  frame.append(bar, board.view)
  parent.append(frame)
  board.update = (data) => update(board, data)
  for (const name of Object.keys(GLYPHS)) board.tools.append(createTool(name))
  board.tools.addEventListener("click", (event) => use(board, event.target.closest("button")?.name))
  listen(board)
  new ResizeObserver(() => board.data && redraw(board)).observe(board.view)
  return board
}

function make(tag, className) {
  const element = document.createElement(tag)
  element.className = className
  return element
}

function createTool(name) {
  const button = make("button", "")
  const svg = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path")
  Object.assign(button, { name, type: "button" })
  svg.setAttribute("viewBox", "0 -960 960 960")
  svg.setAttribute("aria-hidden", "true")
  path.setAttribute("d", GLYPHS[name])
  svg.append(path)
  button.append(svg)
  return button
}

// --- drawing -------------------------------------------------------------------------------------------------------

function update(board, data) {
  const before = board.data
  board.data = data
  for (const button of board.tools.children) {
    button.title = data.words[button.name]
    button.setAttribute("aria-label", data.words[button.name])
  }
  board.view.setAttribute("aria-label", data.words.board)
  board.view.setAttribute("role", "group")
  const redrawn = redraw(board)
  mark(board)
  if (redrawn || before?.selected !== data.selected) reveal(board)
  if (data.called || (board.explained && board.explained !== data.selected)) showPanel(data.called)
  board.explained = data.selected
}

// The widest drawing that fits, else the narrowest. Says whether another one had to be put there.
function redraw(board) {
  const room = board.view.clientWidth - 16
  tellRoom(board, room >= board.data.wide)
  const drawings = [...board.data.drawings].sort((a, b) => b.width - a.width)
  const fitting = drawings.find((one) => one.width <= room) ?? drawings[drawings.length - 1]
  if (!fitting || fitting.svg === board.svg) return false
  const drawing = new DOMParser().parseFromString(fitting.svg, "image/svg+xml").documentElement
  if (drawing.nodeName !== "svg") return false
  board.svg = fitting.svg
  board.drawing = document.importNode(drawing, true)
  board.view.replaceChildren(board.drawing)
  const [, , width, height] = board.drawing.getAttribute("viewBox").split(" ").map(Number)
  board.size = { width, height }
  liftLegend(board)
  zoom(board, 1)
  mark(board)
  return true
}

// Whether there is room for the wide drawing, told when it changes.
function tellRoom(board, roomy) {
  if (roomy !== (board.roomy ?? false)) board.tellRoom((board.roomy = roomy))
}

// The legend stands above the view, so that it stays there when the drawing scrolls.
function liftLegend(board) {
  const entries = [...board.drawing.querySelectorAll(".legend")]
  const boxes = entries.map((entry) => entry.getBBox())
  board.legend.replaceChildren(...entries.map((entry, place) => legendEntry(entry, boxes[place])))
  if (!boxes.length) return
  board.size.height = Math.min(...boxes.map((box) => box.y)) - 6
  board.drawing.setAttribute("viewBox", `0 0 ${board.size.width} ${board.size.height}`)
}

function legendEntry(entry, box) {
  const svg = document.createElementNS(SVG, "svg")
  const [x, y, width, height] = [box.x - 6, box.y - 3, box.width + 10, box.height + 6]
  svg.setAttribute("class", "architecture")
  svg.setAttribute("viewBox", `${x} ${y} ${width} ${height}`)
  svg.setAttribute("width", width)
  svg.setAttribute("height", height)
  svg.append(entry)
  return svg
}

// The chosen box carries the class; nothing else is touched.
function mark(board) {
  for (const box of board.drawing?.querySelectorAll(".box") ?? []) {
    const chosen = box.dataset.id === board.data.selected
    box.classList.toggle("selected", chosen)
    box.setAttribute("aria-pressed", String(chosen))
  }
}

function reveal(board) {
  const box = board.drawing?.querySelector(".box.selected")
  const view = board.view
  if (!box || view.scrollWidth <= view.clientWidth) return
  const place = box.getBoundingClientRect(), around = view.getBoundingClientRect()
  if (place.left >= around.left && place.right <= around.right) return
  view.scrollLeft += place.left + place.width / 2 - around.left - around.width / 2
}

// The panel answers a click: its head comes into sight when it went out above, after a card far below also from there.
function showPanel(called) {
  const panel = document.querySelector(".st-key-panel")
  if (!panel) return
  panel.scrollTo(0, 0)
  const top = panel.getBoundingClientRect().top
  if (top > HEADER - 16 && !(called && top > window.innerHeight / 2)) return
  panel.style.scrollMarginTop = `${HEADER}px`
  panel.scrollIntoView({ block: "start" })
}

// --- zoom ----------------------------------------------------------------------------------------------------------

function zoom(board, scale, x = board.view.clientWidth / 2, y = board.view.clientHeight / 2) {
  const { view, drawing, size } = board
  const wanted = Math.min(CLOSEST, Math.max(FARTHEST, scale)), ratio = wanted / board.scale
  const left = (view.scrollLeft + x) * ratio - x, top = (view.scrollTop + y) * ratio - y
  board.scale = wanted
  drawing.setAttribute("width", size.width * wanted)
  drawing.setAttribute("height", size.height * wanted)
  view.style.maxHeight = `${size.height + 16}px`
  view.scrollTo(left, top)
}

function use(board, tool) {
  if (tool === "closer") zoom(board, board.scale * STEP)
  if (tool === "farther") zoom(board, board.scale / STEP)
  if (tool === "fit") zoom(board, Math.min(1, (board.view.clientWidth - 16) / board.size.width))
  if (tool === "save") save(board)
}

// --- pointer and keys ----------------------------------------------------------------------------------------------

function listen(board) {
  const { view } = board
  let grip = null
  const choose = (event) => {
    const id = event.target.closest(".box")?.dataset.id
    if (!id) return false
    board.data = { ...board.data, selected: id }
    mark(board)
    board.pick(id)
    return true
  }
  view.addEventListener("click", (event) => !view.classList.contains("moved") && choose(event))
  view.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === " ") && choose(event)) event.preventDefault()
  })
  view.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    const place = view.getBoundingClientRect()
    zoom(board, board.scale * Math.exp(-event.deltaY / 300), event.clientX - place.left, event.clientY - place.top)
  }, { passive: false })
  view.addEventListener("pointerdown", (event) => {
    view.classList.remove("moved")
    if (event.pointerType !== "mouse" || event.button !== 0) return
    grip = { x: event.clientX, y: event.clientY, left: view.scrollLeft, top: view.scrollTop, page: window.scrollY }
  })
  view.addEventListener("pointermove", (event) => {
    if (!grip) return
    const [dx, dy] = [event.clientX - grip.x, event.clientY - grip.y]
    if (!view.classList.contains("moving") && Math.hypot(dx, dy) < STILL) return
    view.setPointerCapture(event.pointerId)
    view.classList.add("moving", "moved")
    view.scrollTo(grip.left - dx, grip.top - dy)
  })
  const release = () => { grip = null; view.classList.remove("moving") }
  for (const name of ["pointerup", "pointercancel"]) view.addEventListener(name, release)
}

// --- a file of its own ---------------------------------------------------------------------------------------------

function save(board) {
  const text = board.svg.replace('class="architecture"', 'class="architecture standalone"')
  const file = new DOMParser().parseFromString(text, "image/svg+xml")
  const page = file.createElementNS(SVG, "rect")
  for (const [name, value] of Object.entries({ class: "page", width: "100%", height: "100%" })) page.setAttribute(name, value)
  file.documentElement.querySelector("style").after(page)
  const link = document.createElement("a")
  link.href = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(file)], { type: "image/svg+xml" }))
  link.download = `${board.data.file}.svg`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}
