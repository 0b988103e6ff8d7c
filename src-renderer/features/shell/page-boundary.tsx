import type { JSX, ReactNode } from "react";
import { LoadBoundary } from "../../components/load-boundary.tsx";
import { Loading } from "../../components/states.tsx";

/** While a page's file is on its way its outline is shown; where it cannot come, or the page breaks, that is said in its place. */
export function PageBoundary({ children }: { readonly children: ReactNode }): JSX.Element {
  return <LoadBoundary whileLoading={<Loading />}>{children}</LoadBoundary>;
}
