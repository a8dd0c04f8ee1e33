/** Runs before the first paint, so a chosen theme never flashes the other one. */
export const THEME_SCRIPT = `try{const t=localStorage.getItem("salon-theme");if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch{}`;
