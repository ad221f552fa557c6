"""The numbers of the calls to Linux that the filter names, on the two machines that it knows.

From the kernel's own tables (`asm/unistd_64.h`, `asm-generic/unistd.h`); None where a machine lacks the call.
"""

Numbers = tuple[int | None, int | None]  # x86-64, aarch64

REFUSED: dict[str, dict[str, Numbers]] = {
    "network": {
        "socket": (41, 198), "connect": (42, 203), "accept": (43, 202), "sendto": (44, 206),
        "recvfrom": (45, 207), "sendmsg": (46, 211), "recvmsg": (47, 212), "shutdown": (48, 210),
        "bind": (49, 200), "listen": (50, 201), "getsockname": (51, 204), "getpeername": (52, 205),
        "socketpair": (53, 199), "setsockopt": (54, 208), "getsockopt": (55, 209), "accept4": (288, 242),
        "recvmmsg": (299, 243), "sendmmsg": (307, 269),
    },
    "processes and threads": {
        "clone": (56, 220), "fork": (57, None), "vfork": (58, None), "execve": (59, 221),
        "execveat": (322, 281), "ptrace": (101, 117), "process_vm_readv": (310, 270),
        "process_vm_writev": (311, 271), "pidfd_open": (434, 434), "pidfd_getfd": (438, 438),
        "process_madvise": (440, 440), "setpgid": (109, 154), "setsid": (112, 157),
    },
    "signals": {
        "rt_sigqueueinfo": (129, 138), "tkill": (200, 130), "rt_tgsigqueueinfo": (297, 240),
        "pidfd_send_signal": (424, 424),
    },
    "shared memory": {
        "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195), "semget": (64, 190), "semop": (65, 193),
        "semctl": (66, 191), "shmdt": (67, 197), "msgget": (68, 186), "msgsnd": (69, 189), "msgrcv": (70, 188),
        "msgctl": (71, 187), "semtimedop": (220, 192), "mq_open": (240, 180), "mq_unlink": (241, 181),
        "memfd_create": (319, 279), "memfd_secret": (447, 447),
    },
    "rights, owners, dates": {
        "chmod": (90, None), "fchmod": (91, 52), "chown": (92, None), "fchown": (93, 55), "lchown": (94, None),
        "utime": (132, None), "utimes": (235, None), "fchownat": (260, 54), "futimesat": (261, None),
        "fchmodat": (268, 53), "utimensat": (280, 88), "fchmodat2": (452, 452), "setxattr": (188, 5),
        "lsetxattr": (189, 6), "fsetxattr": (190, 7), "removexattr": (197, 14), "lremovexattr": (198, 15),
        "fremovexattr": (199, 16), "setxattrat": (463, 463), "removexattrat": (466, 466),
    },
    "who one is": {
        "setuid": (105, 146), "setgid": (106, 144), "setreuid": (113, 145), "setregid": (114, 143),
        "setgroups": (116, 159), "setresuid": (117, 147), "setresgid": (119, 149), "setfsuid": (122, 151),
        "setfsgid": (123, 152), "capset": (126, 91),
    },
    "what others do": {
        "inotify_init": (253, None), "inotify_add_watch": (254, 27), "inotify_rm_watch": (255, 28),
        "inotify_init1": (294, 26), "fanotify_init": (300, 262), "fanotify_mark": (301, 263),
    },
    "files by other ways": {
        "truncate": (76, 45), "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
        "mknod": (133, None), "mknodat": (259, 33), "quotactl": (179, 60), "quotactl_fd": (443, 443),
    },
    "mounts and spaces": {
        "pivot_root": (155, 41), "chroot": (161, 51), "mount": (165, 40), "umount2": (166, 39),
        "unshare": (272, 97), "setns": (308, 268), "open_tree": (428, 428), "move_mount": (429, 429),
        "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433),
        "mount_setattr": (442, 442),
    },
    "kernel": {
        "syslog": (103, 116), "personality": (135, 92), "adjtimex": (159, 171), "acct": (163, 89),
        "settimeofday": (164, 170), "swapon": (167, 224), "swapoff": (168, 225), "reboot": (169, 142),
        "sethostname": (170, 161), "setdomainname": (171, 162), "iopl": (172, None), "ioperm": (173, None),
        "init_module": (175, 105), "delete_module": (176, 106), "clock_settime": (227, 112),
        "kexec_load": (246, 104), "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
        "perf_event_open": (298, 241), "clock_adjtime": (305, 266), "finit_module": (313, 273),
        "kexec_file_load": (320, 294), "bpf": (321, 280), "userfaultfd": (323, 282),
        "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    },
    "priority": {
        "setpriority": (141, 140), "sched_setparam": (142, 118), "sched_setscheduler": (144, 119),
        "ioprio_set": (251, 30), "sched_setattr": (314, 274),
    },
}
# read more closely than by their number: see `filter`
CLONE3, KILL_CALL, TGKILL, PRLIMIT, FCNTL, PRCTL, SECCOMP = (
    (435, 435), (62, 129), (234, 131), (302, 261), (72, 25), (157, 167), (317, 277),
)  # fmt: skip
NEWER = 467  # Linux 6.15 and after: what a call can do is not known here
