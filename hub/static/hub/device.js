// What the guide keeps on the visitor's own device, and nowhere else. Everything read back is checked by who asks.
const PREFIX = "relais:guide:";
export const ERASED = "guide:erased", TROUBLE = "guide:trouble";

export function read(name) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name));
  } catch {
    return null; // no storage, or something else wrote there
  }
}

/** Keeps a value. Where the browser refuses or has no room left, the page is told and goes on. */
export function write(name, value) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    document.dispatchEvent(new CustomEvent(TROUBLE));
  }
}

export function erase() {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX)) localStorage.removeItem(name);
  } catch {
    // Nothing could be kept, so nothing is there.
  }
  document.dispatchEvent(new CustomEvent(ERASED));
}
