// For a service: what it prints goes lost where it cannot be written (a file on a full disk, a closed pipe); it goes on.
for (const out of [process.stdout, process.stderr]) out.on("error", () => {});
