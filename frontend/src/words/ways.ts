/** What is met on the way to a school, in one line. */
import type { RouteFacts } from '../api/types';
import { counted, distance, figure } from './format';

/** `950 m · climbs 12 m · crosses 2 main roads`; what is not known is left out. */
export function wayLine(route: RouteFacts): string {
  const parts = [route.metres < 10 ? 'under 10 m' : distance(route.metres)];
  if (route.climb_m !== null) parts.push(`climbs ${figure(route.climb_m)} m`);
  if (route.roads_crossed !== null)
    parts.push(
      route.roads_crossed === 0
        ? 'crosses no main road'
        : `crosses ${counted(route.roads_crossed, 'main road')}`,
    );
  return parts.join(' · ');
}
