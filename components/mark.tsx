/** The site's logo, or Salon's mark where it has none: an S in a frame. @param size in pixels */
export function Mark({ size = 28, logo = null }: { size?: number; logo?: string | null }) {
  if (logo !== null) {
    return <img src={`/media/logo/${logo}`} alt="" style={{ height: size, maxWidth: 4 * size }} />;
  }
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" fill="none">
      <path d="M2 2h28v28H2z" stroke="currentColor" strokeWidth="2" />
      <path d="M6.5 6.5h19v19h-19z" fill="var(--accent)" />
      <path
        d="M19.6 12.100c-.5-1.700-1.900-2.500-3.700-2.500-2 0-3.500 1-3.500 2.900 0 4.200 7.300 2.200 7.300 6.800 0 2.100-1.700 3.200-3.900 3.200-2 0-3.600-.9-4.100-2.800"
        stroke="var(--on-accent)"
        strokeWidth="1.9"
        strokeLinecap="round"
      />
    </svg>
  );
}
