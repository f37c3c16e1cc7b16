// Settings of V8 for a process of `tsg`, made before a text is read. Patterns are compiled when they are first used, not interpreted
// once before that (V8 8.0, "regexp tier-up"): a folder of guides runs each of ours thousands of times, and is read a sixth sooner.
import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--no-regexp-tier-up');
