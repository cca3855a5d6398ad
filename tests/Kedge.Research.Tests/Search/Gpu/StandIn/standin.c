
/*
 * A CUDA driver for machines without a card: the functions of the driver API that are used, over the kernel as C, which stands above. It is as unkind as a
 * real one may be. Work of a stream is done when somebody waits for it and not before; memory of the "card" is not zero, and cannot be touched by the
 * host; an address that is not the card's is an error; a call can be told to fail.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define API __attribute__((visibility("default")))
#define MOST_BLOCKS 256
#define ALIGNMENT 512

enum { OK = 0, INVALID_VALUE = 1, OUT_OF_MEMORY = 2, NOT_INITIALIZED = 3, NO_DEVICE = 100, INVALID_CONTEXT = 201, INVALID_PTX = 218, NOT_FOUND = 500, ILLEGAL_ADDRESS = 700 };

struct operation
{
    int kind; /* 0 to the card, 1 from the card, 2 clear, 3 walk, 4 indicators */
    void *to;
    const void *from;
    size_t bytes;
    i64 count;
};

struct stream
{
    struct operation *operations;
    size_t count;
    size_t room;
    struct stream *next;
};

struct block
{
    size_t at;
    size_t bytes;
};

static struct
{
    long memory;
    int devices;
    int major;
    char call[64];
    long nth;
    int code;
    long seen;
} set = { 64L << 20, 1, 8, "", 0, 0, 0 };

static char *arena;
static struct block blocks[MOST_BLOCKS];
static int block_count;
static struct stream *streams;
static int started;
static int broken;
static long live;
static long contexts;
static _Thread_local void *current;

/* How it behaves; from tests of the same process. */
API void standin_set(long memory, int devices, int major, const char *call, long nth, int code)
{
    set.memory = memory;
    set.devices = devices;
    set.major = major;
    snprintf(set.call, sizeof set.call, "%s", call);
    set.nth = nth;
    set.code = code;
    set.seen = 0;
}

/* What was taken and not given back. */
API long standin_live(void)
{
    return live + contexts + block_count;
}

/* The same from tests of another process. */
static void read_settings(void)
{
    const char *memory = getenv("STANDIN_MEMORY");
    const char *devices = getenv("STANDIN_DEVICES");
    const char *fail = getenv("STANDIN_FAIL");
    set.memory = memory ? atol(memory) : set.memory;
    set.devices = devices ? atoi(devices) : set.devices;
    if (fail)
    {
        sscanf(fail, "%63[^:]:%ld:%d", set.call, &set.nth, &set.code);
    }
}

static int fails(const char *call)
{
    if (strcmp(call, set.call) == 0 && ++set.seen == set.nth)
    {
        return set.code;
    }

    return broken;
}

#define ENTER(call)                        \
    do                                     \
    {                                      \
        int failure = fails(call);         \
        if (failure != OK)                 \
        {                                  \
            return failure;                \
        }                                  \
        if (!started)                      \
        {                                  \
            return NOT_INITIALIZED;        \
        }                                  \
    } while (0)

#define ENTER_CONTEXT(call)                \
    do                                     \
    {                                      \
        ENTER(call);                       \
        if (current != (void *)&arena)     \
        {                                  \
            return INVALID_CONTEXT;        \
        }                                  \
    } while (0)

static void open_card(int open)
{
    mprotect(arena, (size_t)set.memory, open ? PROT_READ | PROT_WRITE : PROT_NONE);
}

/* Whether all of it lies in one block of the card. */
static int on_card(const void *from, size_t bytes)
{
    size_t at = (size_t)((const char *)from - arena);
    for (int i = 0; i < block_count; i++)
    {
        if ((const char *)from >= arena && at >= blocks[i].at && at + bytes <= blocks[i].at + blocks[i].bytes)
        {
            return 1;
        }
    }

    return 0;
}

static int run_is_on_card(const struct Kedge_Kernel_Fused_FusedRun *run)
{
    size_t symbols;
    if (!on_card(run->Market, sizeof *run->Market))
    {
        return 0;
    }

    symbols = (size_t)run->Market->Count;
    return on_card(run->Parameters, sizeof *run->Parameters) && on_card(run->Portfolio, sizeof *run->Portfolio)
        && on_card(run->Market->Symbols, symbols * sizeof *run->Market->Symbols)
        && on_card(run->Market->Groups, symbols * sizeof *run->Market->Groups)
        && (run->Columns ? on_card(run->Columns, symbols * sizeof *run->Columns) : on_card(run->Banks, symbols * sizeof *run->Banks))
        && on_card(run->States, symbols * sizeof *run->States) && on_card(run->Views, symbols * sizeof *run->Views)
        && on_card(run->Series, symbols * sizeof *run->Series) && on_card(run->Scratch, symbols * sizeof *run->Scratch)
        && on_card(run->Bookings, (size_t)run->BookingCapacity * sizeof *run->Bookings)
        && on_card(run->Equity.Daily, sizeof(f64)) && on_card(run->Balance.Daily, sizeof(f64));
}

static int column_is_on_card(const struct Kedge_Kernel_Fused_FusedColumn *column)
{
    size_t bars = (size_t)column->Bars.Count;
    return on_card(column->Parameters, sizeof *column->Parameters) && on_card(column->Bank, sizeof *column->Bank)
        && (bars == 0 || (on_card(column->Bars.Close, bars * sizeof(f64)) && on_card(column->Snapshots, bars * sizeof *column->Snapshots)));
}

static int launch(const struct operation *operation)
{
    int failure = fails("kernel");
    if (failure != OK)
    {
        return failure;
    }

    for (i64 i = 0; i < operation->count; i++)
    {
        int whole = operation->kind == 3 ? run_is_on_card((struct Kedge_Kernel_Fused_FusedRun *)operation->to + i)
                                         : column_is_on_card((struct Kedge_Kernel_Fused_FusedColumn *)operation->to + i);
        if (!whole)
        {
            return ILLEGAL_ADDRESS;
        }
    }

    if (operation->kind == 3)
    {
        kedge_walk(operation->to, operation->count);
    }
    else
    {
        kedge_indicators(operation->to, operation->count);
    }

    return OK;
}

static int finish(struct stream *stream)
{
    open_card(1);
    for (size_t i = 0; i < stream->count && broken == OK; i++)
    {
        struct operation *operation = stream->operations + i;
        if (operation->kind <= 1)
        {
            memcpy(operation->to, operation->from, operation->bytes);
        }
        else if (operation->kind == 2)
        {
            memset(operation->to, 0, operation->bytes);
        }
        else
        {
            /* What a card does wrong while it works, it is asked about from then on. */
            broken = launch(operation);
        }
    }

    open_card(0);
    stream->count = 0;
    return broken;
}

static int give(struct stream *stream, struct operation operation)
{
    if (stream->count == stream->room)
    {
        stream->room = stream->room == 0 ? 64 : 2 * stream->room;
        stream->operations = realloc(stream->operations, stream->room * sizeof operation);
    }

    stream->operations[stream->count++] = operation;
    return OK;
}

API int cuInit(unsigned flags)
{
    read_settings();
    started = 1;
    ENTER("cuInit");
    return set.devices == 0 ? NO_DEVICE : OK;
}

API int cuGetErrorName(int error, const char **text)
{
    *text = error == OUT_OF_MEMORY ? "CUDA_ERROR_OUT_OF_MEMORY" : error == ILLEGAL_ADDRESS ? "CUDA_ERROR_ILLEGAL_ADDRESS" : error == INVALID_PTX ? "CUDA_ERROR_INVALID_PTX" : error == 719 ? "CUDA_ERROR_LAUNCH_FAILED" : "CUDA_ERROR_UNKNOWN";
    return OK;
}

API int cuGetErrorString(int error, const char **text)
{
    *text = error == 719 ? "unspecified launch failure" : "something the stand-in was told to say";
    return OK;
}

API int cuDeviceGetCount(int *count)
{
    ENTER("cuDeviceGetCount");
    *count = set.devices;
    return OK;
}

API int cuDeviceGet(int *device, int ordinal)
{
    ENTER("cuDeviceGet");
    *device = ordinal;
    return ordinal < set.devices ? OK : INVALID_VALUE;
}

API int cuDeviceGetName(char *name, int length, int device)
{
    ENTER("cuDeviceGetName");
    snprintf(name, (size_t)length, "Stand-In 1");
    return OK;
}

API int cuDeviceGetAttribute(int *value, int attribute, int device)
{
    ENTER("cuDeviceGetAttribute");
    *value = attribute == 75 ? set.major : 0;
    return attribute == 75 || attribute == 76 ? OK : INVALID_VALUE;
}

API int cuDevicePrimaryCtxSetFlags_v2(int device, unsigned flags)
{
    ENTER("cuDevicePrimaryCtxSetFlags_v2");
    return OK;
}

API int cuDevicePrimaryCtxRetain(void **context, int device)
{
    ENTER("cuDevicePrimaryCtxRetain");
    if (!arena)
    {
        arena = mmap(NULL, (size_t)set.memory, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    }

    contexts++;
    *context = (void *)&arena;
    return OK;
}

API int cuDevicePrimaryCtxRelease_v2(int device)
{
    contexts--;
    return OK;
}

API int cuCtxSetCurrent(void *context)
{
    ENTER("cuCtxSetCurrent");
    current = context;
    return OK;
}

API int cuModuleLoadDataEx(void **module, const void *image, unsigned options, int *option, void **value)
{
    ENTER_CONTEXT("cuModuleLoadDataEx");
    if (!strstr(image, ".entry kedge_walk(") || !strstr(image, ".entry kedge_indicators("))
    {
        for (unsigned i = 0; i < options; i++)
        {
            if (option[i] == 5)
            {
                strcpy(value[i], "ptxas application ptx input, line 1; fatal : no kernel\nsecond line");
            }
        }

        return INVALID_PTX;
    }

    live++;
    *module = (void *)&blocks;
    return OK;
}

API int cuModuleUnload(void *module)
{
    live--;
    return OK;
}

API int cuModuleGetFunction(void **function, void *module, const char *name)
{
    ENTER_CONTEXT("cuModuleGetFunction");
    *function = strcmp(name, "kedge_walk") == 0 ? (void *)3 : strcmp(name, "kedge_indicators") == 0 ? (void *)4 : NULL;
    return *function ? OK : NOT_FOUND;
}

API int cuMemGetInfo_v2(size_t *free_bytes, size_t *total)
{
    size_t used = 0;
    ENTER_CONTEXT("cuMemGetInfo_v2");
    for (int i = 0; i < block_count; i++)
    {
        used += blocks[i].bytes;
    }

    *total = (size_t)set.memory;
    *free_bytes = *total - used;
    return OK;
}

API int cuMemAlloc_v2(unsigned long long *address, size_t bytes)
{
    size_t at = 0;
    int place = 0;
    ENTER_CONTEXT("cuMemAlloc_v2");
    bytes = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    while (place < block_count && blocks[place].at - at < bytes)
    {
        at = blocks[place].at + blocks[place].bytes;
        place++;
    }

    if (bytes == 0 || block_count == MOST_BLOCKS || at + bytes > (size_t)set.memory)
    {
        return bytes == 0 ? INVALID_VALUE : OUT_OF_MEMORY;
    }

    memmove(blocks + place + 1, blocks + place, (size_t)(block_count - place) * sizeof *blocks);
    blocks[place].at = at;
    blocks[place].bytes = bytes;
    block_count++;
    open_card(1);
    memset(arena + at, 0xA5, bytes);
    open_card(0);
    *address = (unsigned long long)(arena + at);
    return OK;
}

API int cuMemFree_v2(unsigned long long address)
{
    /* A real one waits for the card as well. */
    for (struct stream *stream = streams; stream; stream = stream->next)
    {
        finish(stream);
    }

    for (int i = 0; i < block_count; i++)
    {
        if (arena + blocks[i].at == (char *)address)
        {
            memmove(blocks + i, blocks + i + 1, (size_t)(block_count - i - 1) * sizeof *blocks);
            block_count--;
            return broken;
        }
    }

    return INVALID_VALUE;
}

API int cuMemAllocHost_v2(void **address, size_t bytes)
{
    ENTER_CONTEXT("cuMemAllocHost_v2");
    *address = malloc(bytes);
    memset(*address, 0x5A, bytes);
    live++;
    return OK;
}

API int cuMemFreeHost(void *address)
{
    free(address);
    live--;
    return OK;
}

API int cuMemcpyHtoDAsync_v2(unsigned long long to, const void *from, size_t bytes, struct stream *stream)
{
    ENTER_CONTEXT("cuMemcpyHtoDAsync_v2");
    return on_card((void *)to, bytes) ? give(stream, (struct operation){ 0, (void *)to, from, bytes, 0 }) : INVALID_VALUE;
}

API int cuMemcpyDtoHAsync_v2(void *to, unsigned long long from, size_t bytes, struct stream *stream)
{
    ENTER_CONTEXT("cuMemcpyDtoHAsync_v2");
    return on_card((void *)from, bytes) ? give(stream, (struct operation){ 1, to, (void *)from, bytes, 0 }) : INVALID_VALUE;
}

API int cuMemsetD8Async(unsigned long long to, unsigned char value, size_t bytes, struct stream *stream)
{
    ENTER_CONTEXT("cuMemsetD8Async");
    return value == 0 && on_card((void *)to, bytes) ? give(stream, (struct operation){ 2, (void *)to, NULL, bytes, 0 }) : INVALID_VALUE;
}

API int cuStreamCreate(struct stream **stream, unsigned flags)
{
    ENTER_CONTEXT("cuStreamCreate");
    *stream = calloc(1, sizeof **stream);
    (*stream)->next = streams;
    streams = *stream;
    live++;
    return OK;
}

API int cuStreamDestroy_v2(struct stream *stream)
{
    struct stream **link = &streams;
    finish(stream);
    while (*link != stream)
    {
        link = &(*link)->next;
    }

    *link = stream->next;
    free(stream->operations);
    free(stream);
    live--;
    return OK;
}

API int cuStreamSynchronize(struct stream *stream)
{
    ENTER_CONTEXT("cuStreamSynchronize");
    return finish(stream);
}

API int cuLaunchKernel(void *function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned shared, struct stream *stream, void **arguments, void **extra)
{
    i64 count = *(i64 *)arguments[1];
    void *work = *(void **)arguments[0];
    ENTER_CONTEXT("cuLaunchKernel");
    if (gy != 1 || gz != 1 || by != 1 || bz != 1 || shared != 0 || extra || count < 1 || (i64)gx * bx < count || (i64)gx * bx - count >= (i64)bx)
    {
        return INVALID_VALUE;
    }

    return give(stream, (struct operation){ (int)(size_t)function, work, NULL, 0, count });
}
