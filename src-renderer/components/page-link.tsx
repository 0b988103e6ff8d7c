import type { AnchorHTMLAttributes, JSX, MouseEvent } from "react";
import { navigate } from "wouter/use-browser-location";

interface PageLinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly href: string;
}

/** A way to another page that, unlike wouter's, does not follow where we are: for the many of a long list. */
export function PageLink(props: PageLinkProps): JSX.Element {
  // biome-ignore-start lint/a11y: a link with an address, which Enter presses as well
  return <a {...props} onClick={follow} />;
  // biome-ignore-end lint/a11y: see above
}

/** Another tab or window, if that was asked for, is the browser's. */
function follow(event: MouseEvent<HTMLAnchorElement>): void {
  const isOurs = event.button === 0 && !(event.metaKey || event.altKey || event.ctrlKey || event.shiftKey);
  if (!isOurs || event.defaultPrevented) return;
  event.preventDefault();
  navigate(event.currentTarget.pathname);
}
