/* The page that the file before left: what it kept, and what is on it. */
localStorage.clear();
sessionStorage.clear();
document.head.replaceChildren();
document.body.replaceChildren();
for (const { name } of [...document.documentElement.attributes])
  document.documentElement.removeAttribute(name);
document.cookie
  .split("; ")
  .forEach((cookie) => (document.cookie = `${cookie.split("=")[0]}=; expires=${new Date(0).toUTCString()}`));
