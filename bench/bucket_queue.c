/* The loop of travel/bucket_queue.py in C, to be measured beside it. */
#include <stdint.h>

#define NONE 0xffffffffu
#define SHIFT 5

int64_t spread(const uint32_t *arc_start, const uint64_t *arcs, const float *arc_m,
               uint32_t start, uint32_t limit, uint32_t *left, float *metres,
               int32_t *reached, uint64_t *queue, uint64_t room, uint32_t *bucket) {
  const uint32_t top = limit + 1;
  const uint64_t buckets = (limit >> SHIFT) + 1;
  uint64_t queued = 0, n_reached = 0;
  left[start] = top;
  metres[start] = 0;
  reached[n_reached++] = start;
  queue[queued] = start | (uint64_t)NONE << 32;
  bucket[0] = queued++;
  for (uint64_t b = 0; b < buckets; b++) {
    uint32_t entry;
    while ((entry = bucket[b]) != NONE) {
      bucket[b] = NONE;
      while (entry != NONE) {
        const uint64_t item = queue[entry];
        const uint32_t u = (uint32_t)item, mine = left[u];
        entry = item >> 32;
        if ((top - mine) >> SHIFT != b) continue;
        const uint64_t end = arc_start[u + 1];
        if (queued + (end - arc_start[u]) > room) return -1;
        const float so_far = metres[u];
        for (uint64_t k = arc_start[u]; k < end; k++) {
          const uint32_t v = (uint32_t)arcs[k], weight = arcs[k] >> 32;
          if (weight >= mine) continue;
          const uint32_t label = mine - weight, before = left[v];
          if (label <= before) continue;
          if (!before) reached[n_reached++] = v;
          left[v] = label;
          metres[v] = so_far + arc_m[k];
          const uint32_t later = (top - label) >> SHIFT;
          queue[queued] = v | (uint64_t)bucket[later] << 32;
          bucket[later] = queued++;
        }
      }
    }
  }
  return n_reached;
}
