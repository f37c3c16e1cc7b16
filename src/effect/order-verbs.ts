// Words that ask for something to be done, for addresses: verbs in the form that gives an order. Two kinds are kept apart, since
// a place of many things may be named by a word of the second: `/apps/checkout`, `/backup/list`.

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Verbs that hardly name a thing: an order wherever one may stand. */
export const verbs: ReadonlySet<string> = words(`
  recommission save skip unskip
  abandon abort accept acquire activate add adjust adopt allocate alter amend anonymize append approve arm assign attach
  authenticate authorize ban bind blackhole bootstrap cancel cleanse collapse combine commission compress confirm
  consume convert create deactivate deallocate decline decommission decr decrease decrement decrypt dedupe deescalate
  defer deflate defrag defragment demote deploy deprovision dequeue deregister desync detach die disable disarm
  disassociate disband discard disconnect dismiss dissociate distribute divert downgrade drain edit eject elect
  eliminate embargo emit encrypt enforce enqueue enroll enter escalate evacuate evict expel expunge failback failover
  fence finalize forbid forcegc forget freeze fulfil fulfill generate grant halt harvest heal hibernate ignite incr
  increase increment ingest install invoke isolate join kick kill launch leave lock logoff logrotate migrate mint modify
  mount move mutate nack nominate notify nuke obliterate obtain offboard onboard overwrite perform permit persist
  portforward postpone preempt prepare prepend prewarm promote propagate provision publish purge put quarantine quiesce
  quit randomize reactivate reallocate reap reassign reauthenticate reauthorize rebalance reboot rebuild recalculate
  reclaim recompute reconfigure reconnect recover redeem redeliver redeploy redistribute reelect refill regenerate
  register reimport reindex reinit reinitialize reinstall reinstate reissue reject rejoin relabel relaunch relinquish
  reload relocate remap remediate remount rename renew reopen reorganize repair reparent replace replay replicate
  repopulate reprocess reprovision requeue reroute rerun rescan reschedule rescue respawn restart restore resubmit
  resume resurrect resync retrain retrigger retry revalidate reverify revert revoke rewind rewrite rm rollback rotate
  sanitize scram scramble scrap seize selfdestruct selftest shorten shred shuffle signin signout signup spawn stepup submit
  subscribe subtract suicide summon suspend switchover syncnow teardown terminate throttle tidy transcode trigger
  unarchive unassign unban unbind unblock uncordon undelete undeploy undrain unfreeze unhide uninstall unlink unload
  unlock unmask unmount unmute unpin unpublish unquarantine unquiesce unregister unschedule unset unsubscribe unsuspend
  untag unthrottle untrigger upgrade upsert vacate void withdraw zap zeroize
`);

/** Verbs that are names of things as well: orders at the end of a path, but not behind what names many things. */
export const thingVerbs: ReadonlySet<string> = words(`
  archive backup bulk capture change checkout clone commit copy extend fork hide import merge mirror patch release reserve
  schedule seed ship signal snapshot swap switch sync touch transfer transition upload warm
`);
