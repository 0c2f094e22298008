/** What is met on the way to a school, in one line. */
import type { RouteFacts, TransitRoute } from '../api/types';
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

/** `leave 08:29 · line 4 · there 08:44`; a way without a vehicle is walked. */
export function busLine(found: TransitRoute): string {
  const rides = found.legs.filter((leg) => leg.kind === 'ride');
  if (!rides.length) return 'no bus is quicker than walking';
  const lines = rides.map((leg) => (leg.line === null ? 'the bus' : `line ${leg.line}`));
  return [`leave ${found.depart}`, lines.join(', '), `there ${found.arrive}`].join(' · ');
}
