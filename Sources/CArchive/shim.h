#include <archive.h>
#include <archive_entry.h>
#include <bzlib.h>
#include <lzma.h>
