/** Salon's mark: one picture hung on a nail, two halves, one chosen. */
export function Mark({ size = 26 }: { size?: number }) {
  return (
    <svg viewBox="0 0 28 26" width={size} height={(size * 26) / 28} aria-hidden="true" fill="none">
      <path d="M4 9.5 14 2l10 7.5" stroke="currentColor" strokeWidth="1.3" strokeLinejoin="round" />
      <path d="M2 9.5h24v15H2z" stroke="currentColor" strokeWidth="1.8" />
      <path d="M5 12.5h8.200v9H5z" fill="var(--accent)" />
      <path d="M14.800 12.5H23v9h-8.200z" fill="currentColor" opacity="0.16" />
    </svg>
  );
}
