// Everything is inline in scan.h; SwiftPM wants one translation unit for a C target.
#include "scan.h"
